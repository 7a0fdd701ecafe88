// The digest of a day or week as it came, or as it would come now; decisions lead to their tasks.
import { Button, DatePicker, Drawer, Segmented, Table } from "antd";
import dayjs from "dayjs";
import { useState } from "react";
import { Link, useSearchParams } from "react-router";

import { type Digest, type DigestKind, type DigestSection, pdfOf, useDigest } from "../../api/digest";
import { Loaded } from "../../parts/Loaded";
import { FilePdfOutlined } from "../../parts/icons";
import { useWords } from "../../parts/useWords";
import { DigestTimes } from "./DigestTimes";
import "./digest.css";

const FIGURES: ReadonlySet<string> = new Set(
  "amount open expected low high net margin cost invoices days_late left activities alone corrected calls share value target".split(
    " ",
  ),
);
/** Width in pixels that a column of words needs. */
const COLUMN = 84;

export default function DigestPage() {
  const { t, language } = useWords();
  const [search, setSearch] = useSearchParams();
  const [times, setTimes] = useState(false);
  const kind: DigestKind = search.get("kind") === "weekly" ? "weekly" : "daily";
  const day = /^\d{4}-\d{2}-\d{2}$/.exec(search.get("day") ?? "")?.[0] ?? "";
  const digest = useDigest(kind, day, language);
  const show = (next: { kind?: DigestKind; day?: string }): void => {
    const wanted = { kind, day, ...next };
    setSearch(wanted.day === "" ? { kind: wanted.kind } : wanted);
  };
  return (
    <main className="page digest">
      <div className="spread digest-head">
        <h1>{t("digest.title")}</h1>
        <Button onClick={() => setTimes(true)}>{t("digest.times")}</Button>
      </div>
      <p className="lead">{t("digest.lead")}</p>
      <div className="row choices">
        <Segmented<DigestKind>
          aria-label={t("digest.which")}
          value={kind}
          options={[
            { value: "daily", label: t("digest.day") },
            { value: "weekly", label: t("digest.week") },
          ]}
          onChange={(value) => show({ kind: value })}
        />
        <DatePicker
          aria-label={t("digest.morning")}
          placeholder={t("digest.today")}
          value={day === "" ? null : dayjs(day)}
          onChange={(value: dayjs.Dayjs | null) => show({ day: value?.format("YYYY-MM-DD") ?? "" })}
        />
      </div>
      <Loaded query={digest}>{(data) => <Read digest={data} />}</Loaded>
      <Drawer open={times} title={t("digest.times")} onClose={() => setTimes(false)} destroyOnHidden>
        <DigestTimes />
      </Drawer>
    </main>
  );
}

function Read({ digest }: { digest: Digest }) {
  const { t, language } = useWords();
  return (
    <article aria-label={digest.title}>
      <div className="spread digest-head">
        <h2 className="digest-title">{digest.title}</h2>
        <Button icon={<FilePdfOutlined />} href={pdfOf(digest.kind, digest.day, language)}>
          {t("digest.pdf")}
        </Button>
      </div>
      <div className="digest-parts">
        {digest.sections.map((one) => (
          <Part key={one.title} section={one} />
        ))}
      </div>
      <p className="quiet small">{digest.foot}</p>
    </article>
  );
}

function Part({ section }: { section: DigestSection }) {
  const rows = section.rows.map((cells, place) => ({ cells, link: section.links[place] ?? "", place }));
  return (
    <section className="panel" aria-label={section.title}>
      <h3>{section.title}</h3>
      {section.note !== "" && <p className="quiet small">{section.note}</p>}
      {rows.length > 0 && (
        <Table
          rowKey="place"
          size="small"
          pagination={false}
          scroll={{ x: section.columns.length * COLUMN }}
          dataSource={rows}
          columns={section.columns.map((name, place) => ({
            key: name,
            title: section.heads[place],
            align: FIGURES.has(name) ? ("right" as const) : ("left" as const),
            render: (_: unknown, row: (typeof rows)[number]) =>
              place === 0 && row.link !== "" ? (
                <Link to={row.link}>{row.cells[place]}</Link>
              ) : (
                row.cells[place]
              ),
          }))}
        />
      )}
    </section>
  );
}
