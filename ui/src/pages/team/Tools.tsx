// What digital employees can, for people: lay two versions side by side, and read a bill before it is booked.
import { Alert, Button, Table, Tag } from "antd";
import { useState } from "react";
import { Link } from "react-router";

import { type Bill, type Compared, type Difference, useCompareVersions, useReadBill } from "../../api/skills";
import { ArrowLeftOutlined, UploadOutlined } from "../../parts/icons";
import { useFault } from "../../parts/useFault";
import { useWords } from "../../parts/useWords";
import { type Matter, mattersOf } from "./matters";
import "./team.css";

const FIELDS = ["issuer", "date", "number", "total", "currency"] as const;

export default function Tools() {
  const { t } = useWords();
  return (
    <main className="page">
      <Link to="/team" className="small">
        <ArrowLeftOutlined /> {t("team.back")}
      </Link>
      <h1>{t("team.tools.title")}</h1>
      <p className="lead">{t("team.tools.lead")}</p>
      <Versions />
      <ReadBill />
    </main>
  );
}

function Versions() {
  const { t } = useWords();
  const fault = useFault();
  const compare = useCompareVersions();
  const [old, setOld] = useState<File | null>(null);
  const [next, setNext] = useState<File | null>(null);
  return (
    <section className="panel tool" aria-labelledby="tool-compare">
      <h2 id="tool-compare">{t("team.tools.compare")}</h2>
      <p className="quiet">{t("team.tools.compareHow")}</p>
      <div className="row">
        <Paper label={t("team.tools.old")} file={old} onFile={setOld} />
        <Paper label={t("team.tools.new")} file={next} onFile={setNext} />
        <Button
          type="primary"
          disabled={old === null || next === null}
          loading={compare.isPending}
          onClick={() => old !== null && next !== null && compare.mutate({ old, new: next })}
        >
          {t("team.tools.doCompare")}
        </Button>
      </div>
      {compare.error !== null && <Alert type="warning" showIcon title={fault(compare.error)} />}
      {compare.data !== undefined && <Differences compared={compare.data} />}
    </section>
  );
}

function Differences({ compared }: { compared: Compared }) {
  const { t, share } = useWords();
  const unsure = compared.confidence < 1;
  return (
    <div role="status">
      <Alert
        type={unsure ? "warning" : "info"}
        showIcon
        title={
          compared.same ? t("team.tools.same") : t("team.tools.differ", { count: compared.changes.length })
        }
        description={unsure ? t("team.tools.unsure", { share: share(compared.confidence) }) : undefined}
      />
      <ol className="differences">
        {compared.changes.map((one, place) => (
          <li key={place}>
            <DifferenceView difference={one} />
          </li>
        ))}
      </ol>
    </div>
  );
}

function DifferenceView({ difference }: { difference: Difference }) {
  const { t } = useWords();
  const { edits, cells, old, kind } = difference;
  const whole = edits.length === 0 && cells.length === 0;
  const where = difference.new?.place ?? old?.place;
  return (
    <>
      <div className="row">
        <strong>{t(`team.tools.kind.${kind}`)}</strong>
        {difference.clause !== "" && <span>{difference.clause}</span>}
        {where !== undefined && <span className="quiet small">{where}</span>}
        {mattersOf(difference.matters).map((one: Matter) => (
          <Tag key={one} color="warning">
            {t(`team.tools.matter.${one}`)}
          </Tag>
        ))}
      </div>
      {whole && <p>{difference.new?.text ?? old?.text}</p>}
      {edits.map((one, place) => (
        <p key={place}>
          {one.old !== "" && <del>{one.old}</del>} {one.new !== "" && <ins>{one.new}</ins>}
        </p>
      ))}
      {cells.map((one) => (
        <p key={one.column}>
          {one.column}: {one.old !== "" && <del>{one.old}</del>} {one.new !== "" && <ins>{one.new}</ins>}
        </p>
      ))}
    </>
  );
}

function ReadBill() {
  const { t } = useWords();
  const fault = useFault();
  const read = useReadBill();
  const [file, setFile] = useState<File | null>(null);
  const take = (given: File): void => {
    setFile(given);
    read.mutate(given);
  };
  return (
    <section className="panel tool" aria-labelledby="tool-bill">
      <h2 id="tool-bill">{t("team.tools.bill")}</h2>
      <p className="quiet">{t("team.tools.billHow")}</p>
      <Paper label={t("team.tools.document")} file={file} onFile={take} busy={read.isPending} />
      {read.error !== null && <Alert type="warning" showIcon title={fault(read.error)} />}
      {read.data !== undefined && <BillView bill={read.data} />}
    </section>
  );
}

function BillView({ bill }: { bill: Bill }) {
  const { t, said, share } = useWords();
  const rows = FIELDS.map((name) => ({ name, ...bill[name] }));
  return (
    <div role="status">
      {bill.doubts.length > 0 && (
        <Alert
          type="warning"
          showIcon
          title={t("team.tools.doubts")}
          description={bill.doubts.map(said).join("; ")}
        />
      )}
      <Table
        rowKey="name"
        size="middle"
        pagination={false}
        scroll={{ x: 560 }}
        dataSource={rows}
        columns={[
          { title: t("team.tools.field"), render: (_, one) => t(`team.tools.of.${one.name}`) },
          {
            title: t("team.tools.value"),
            render: (_, one) => one.value ?? <span className="quiet">{t("team.tools.notSaid")}</span>,
          },
          {
            title: t("team.tools.sure"),
            render: (_, one) => (one.value === null ? "" : share(one.confidence)),
          },
          {
            title: t("team.tools.words"),
            render: (_, one) => one.evidence.map((each) => each.text).join(" · "),
          },
        ]}
      />
    </div>
  );
}

interface PaperProps {
  label: string;
  file: File | null;
  onFile: (file: File) => void;
  busy?: boolean;
}

/** A label that asks for a document and then names it. */
function Paper({ label, file, onFile, busy }: PaperProps) {
  return (
    <label className="paper-of-tool">
      <span>
        <UploadOutlined /> {label}
      </span>
      <input
        type="file"
        disabled={busy === true}
        onChange={({ target }) => {
          const given = target.files?.[0];
          if (given !== undefined) onFile(given);
        }}
      />
      {file !== null && <span className="quiet small">{file.name}</span>}
    </label>
  );
}
