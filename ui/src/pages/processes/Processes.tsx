// The architecture: the deployed processes at their places in the landscape.
import { useLandscape } from "../../api/hooks";
import { Architecture } from "../../architecture/Architecture";
import { Loaded } from "../../parts/Loaded";
import { useWords } from "../../parts/useWords";
import { Parts } from "./Parts";

export default function Processes() {
  const { t } = useWords();
  const landscape = useLandscape();
  return (
    <main className="page">
      <h1>{t("processes.title")}</h1>
      <p className="lead">{t("processes.lead")}</p>
      <Parts here="processes" />
      <Loaded
        query={landscape}
        empty={{ when: (data) => data.places.every((one) => one.process === null), say: t("processes.none") }}
      >
        {(data) => <Architecture landscape={data} />}
      </Loaded>
    </main>
  );
}
