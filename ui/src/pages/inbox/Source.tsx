// What came in, beside the task: mail text, tables, pages of a PDF or scan.
import { Button, Image } from "antd";

import type { Shapes } from "../../api/client";
import { useDocument, useParts } from "../../api/hooks";
import { Loaded } from "../../parts/Loaded";
import { useWords } from "../../parts/useWords";

type Read = Shapes["ReadDocument"];
type Block = Shapes["BlockShape"];

export function Source({ instance }: { instance: string }) {
  const { t } = useWords();
  const parts = useParts(instance);
  return (
    <section aria-label={t("inbox.source")}>
      <h3 style={{ marginTop: 0 }}>{t("inbox.source")}</h3>
      <Loaded query={parts} empty={{ when: (data) => data.papers.length === 0, say: t("inbox.noSource") }}>
        {(data) => data.papers.map((paper) => <Paper key={paper.digest} instance={instance} paper={paper} />)}
      </Loaded>
    </section>
  );
}

function Paper({ instance, paper }: { instance: string; paper: Shapes["Paper"] }) {
  const { t, moment } = useWords();
  const read = useDocument(instance, paper.digest);
  const address = `/api/v1/instances/${instance}/documents/${paper.digest}`;
  return (
    <div className="source">
      <div className="spread small quiet" style={{ marginBottom: 8 }}>
        <span className="clip">
          {paper.sender} · {moment(paper.received_at)}
        </span>
        <Button size="small" type="link" href={address} download={paper.name}>
          {t("inbox.download")}
        </Button>
      </div>
      {paper.subject !== "" && <strong>{paper.subject}</strong>}
      <Loaded query={read}>{(data) => <Reading read={data} address={address} />}</Loaded>
    </div>
  );
}

function Reading({ read, address }: { read: Read; address: string }) {
  const { t } = useWords();
  const pages = [...new Set(read.blocks.map((block) => block.place.page ?? 1))];
  const pictured = read.kind === "pdf" || read.kind === "image";
  return (
    <>
      {pictured
        ? pages.map((page) => (
            <Image key={page} src={`${address}/picture?page=${page}`} alt={t("inbox.page", { page })} />
          ))
        : read.blocks.map((block, index) => <Piece key={index} block={block} />)}
      {read.attachments.map((one) => (
        <details key={one.name} open>
          <summary>{t("inbox.attachment", { name: one.name })}</summary>
          {one.blocks.map((block, index) => (
            <Piece key={index} block={block} />
          ))}
        </details>
      ))}
    </>
  );
}

function Piece({ block }: { block: Block }) {
  if (block.rows.length === 0) return <p className={block.role}>{block.text}</p>;
  return (
    <table className="lines">
      <tbody>
        {block.rows.map((row, index) => (
          <tr key={index}>
            {row.map((cell, place) => (
              <td key={place}>{cell}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
