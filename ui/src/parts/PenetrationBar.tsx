// AI penetration as a thin bar of two colours, with both shares in words, or in short with that of AI.
import { ActorMark } from "./Actor";
import { useWords } from "./useWords";

interface Props {
  penetration: number | null | undefined;
  short?: boolean;
}

export function PenetrationBar({ penetration, short = false }: Props) {
  const { t, share } = useWords();
  if (penetration == null) return <div style={{ height: 6, background: "var(--line)", borderRadius: 3 }} />;
  return (
    <div>
      <div style={{ display: "flex", height: 6, borderRadius: 3, overflow: "hidden" }} aria-hidden>
        <span style={{ flex: 1 - penetration, background: "var(--person)" }} />
        <span style={{ flex: penetration, background: "var(--agent)" }} />
      </div>
      <div className="spread quiet" style={{ fontSize: 12, marginTop: 4 }}>
        {!short && (
          <span className="row" style={{ gap: 4 }}>
            <ActorMark kind="person" size={10} />
            {t("home.people", { share: share(1 - penetration) })}
          </span>
        )}
        <span className="row" style={{ gap: 4 }}>
          <ActorMark kind="agent" size={10} />
          {short ? share(penetration) : t("home.agents", { share: share(penetration) })}
        </span>
      </div>
    </div>
  );
}
