// What the digital employee suggests: confidence in words with the number behind, doubts, evidence.

import { ActorMark } from "../../parts/Actor";
import { useWords } from "../../parts/useWords";
import { Notice } from "../../plain/controls";
import type { WholeTask } from "./answering";

const SURE = 0.9;
const RATHER = 0.7;

/** The key of the word for a confidence in [0, 1]. */
export function confidenceWord(confidence: number): "sure" | "ratherSure" | "unsure" {
  if (confidence >= SURE) return "sure";
  return confidence >= RATHER ? "ratherSure" : "unsure";
}

export function Suggestion({ task }: { task: WholeTask }) {
  const { t, share } = useWords();
  if (task.kind !== "review") return null;
  const confidence = Number(task.payload["confidence"] ?? 0);
  const doubts = texts(task.payload["doubts"]);
  const evidence = texts(task.payload["evidence"]);
  const injected = (task.payload["values"] as { injection?: boolean } | undefined)?.injection === true;
  return (
    <section aria-label={t("inbox.suggestion")}>
      {injected && <Notice kind="error">{t("inbox.injection")}</Notice>}
      <p className="row" style={{ margin: "0 0 8px" }}>
        <ActorMark kind="agent" size={14} />
        <strong>{t("inbox.suggestion")}</strong>
        <span className="quiet">
          {t(doubts.length > 0 ? "inbox.confidenceBut" : "inbox.confidence", {
            word: t(`inbox.${confidenceWord(confidence)}`),
            share: share(confidence),
          })}
        </span>
      </p>
      <Points title={t("inbox.doubts")} points={doubts} />
      <Points title={t("inbox.evidence")} points={evidence} />
    </section>
  );
}

function Points({ title, points }: { title: string; points: string[] }) {
  const { said } = useWords();
  if (points.length === 0) return null;
  return (
    <>
      <h3>{title}</h3>
      <ul style={{ margin: 0, paddingInlineStart: 18 }}>
        {points.map((point) => (
          <li key={point} style={{ overflowWrap: "anywhere" }}>
            {said(point)}
          </li>
        ))}
      </ul>
    </>
  );
}

function texts(value: unknown): string[] {
  return Array.isArray(value)
    ? value.map((one) => (typeof one === "string" ? one : JSON.stringify(one)))
    : [];
}
