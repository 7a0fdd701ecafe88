// What came in, beside the task: mail text, tables, pages of a PDF or scan, with the places that were understood.
import { useEffect, useRef } from "react";

import type { Shapes } from "../../api/client";
import { useDocument, useParts } from "../../api/hooks";
import { Loaded } from "../../parts/Loaded";
import { useWords } from "../../parts/useWords";
import { PagePicture } from "./PagePicture";
import { Piece } from "./Piece";

type Read = Shapes["ReadDocument"];

interface Sought {
  /** Texts of the suggestion, to be shown where they stand. */
  wordings: readonly string[];
  /** The one that the person works on now. */
  focus: string;
}

const NOTHING: readonly string[] = [];

export function Source({ instance, wordings = NOTHING, focus = "" }: Partial<Sought> & { instance: string }) {
  const { t } = useWords();
  const parts = useParts(instance);
  return (
    <section aria-label={t("inbox.source")} className="sources">
      <h3 style={{ marginTop: 0 }}>{t("inbox.source")}</h3>
      <Loaded query={parts} empty={{ when: (data) => data.papers.length === 0, say: t("inbox.noSource") }}>
        {(data) =>
          data.papers.map((paper) => (
            <Paper key={paper.digest} instance={instance} paper={paper} wordings={wordings} focus={focus} />
          ))
        }
      </Loaded>
    </section>
  );
}

function Paper({ instance, paper, ...sought }: Sought & { instance: string; paper: Shapes["Paper"] }) {
  const { t, moment } = useWords();
  const read = useDocument(instance, paper.digest);
  const place = useRef<HTMLDivElement>(null);
  const address = `/api/v1/instances/${instance}/documents/${paper.digest}`;
  useEffect(() => {
    const spot = place.current?.querySelector(".in-focus");
    if (sought.focus !== "") spot?.scrollIntoView({ block: "nearest", behavior: "smooth" });
  }, [sought.focus]);
  return (
    <div className="source" ref={place} tabIndex={0} role="region" aria-label={paper.name}>
      <div className="spread small quiet" style={{ marginBottom: 8 }}>
        <span className="clip">
          {paper.sender} · {moment(paper.received_at)}
        </span>
        <a href={address} download={paper.name}>
          {t("inbox.download")}
        </a>
      </div>
      {paper.subject !== "" && <strong>{paper.subject}</strong>}
      <Loaded query={read}>
        {(data) => (
          <>
            <Reading read={data} picture={(page) => `${address}/picture?page=${page}`} {...sought} />
            {data.attachments.map((one) => (
              <details key={one.name} open>
                <summary>{t("inbox.attachment", { name: one.name })}</summary>
                <Reading
                  read={one}
                  picture={(page) =>
                    `${address}/picture?page=${page}&attachment=${encodeURIComponent(one.name)}`
                  }
                  {...sought}
                />
              </details>
            ))}
          </>
        )}
      </Loaded>
    </div>
  );
}

function Reading({ read, picture, ...sought }: Sought & { read: Read; picture: (page: number) => string }) {
  const { t, said } = useWords();
  const pages = [...new Set(read.blocks.map((block) => block.place.page ?? 1))];
  if (read.kind === "pdf" || read.kind === "image")
    return pages.map((page) => (
      <PagePicture
        key={page}
        address={picture(page)}
        page={page}
        label={t("inbox.page", { page })}
        blocks={read.blocks}
        {...sought}
      />
    ));
  if (read.blocks.length === 0) return <p className="quiet">{read.problems.map(said).join(" ")}</p>;
  return read.blocks.map((block, index) => <Piece key={index} block={block} {...sought} />);
}
