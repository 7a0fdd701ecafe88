// AI penetration as a thin bar of two colours, with both shares in words.
import { ActorMark } from "./Actor";
import { useWords } from "./useWords";

export function PenetrationBar({ penetration }: { penetration: number | null | undefined }) {
  const { t, share } = useWords();
  if (penetration == null) return <div style={{ height: 6, background: "var(--line)", borderRadius: 3 }} />;
  return (
    <div>
      <div style={{ display: "flex", height: 6, borderRadius: 3, overflow: "hidden" }} aria-hidden>
        <span style={{ flex: 1 - penetration, background: "var(--person)" }} />
        <span style={{ flex: penetration, background: "var(--agent)" }} />
      </div>
      <div className="spread quiet" style={{ fontSize: 12, marginTop: 4 }}>
        <span className="row" style={{ gap: 4 }}>
          <ActorMark kind="person" size={10} />
          {t("home.people", { share: share(1 - penetration) })}
        </span>
        <span className="row" style={{ gap: 4 }}>
          <ActorMark kind="agent" size={10} />
          {t("home.agents", { share: share(penetration) })}
        </span>
      </div>
    </div>
  );
}
