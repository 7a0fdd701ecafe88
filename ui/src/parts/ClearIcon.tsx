// The cross that empties a field, named in the reader's language.
import { CloseCircleFilled, Named } from "./icons";
import { useWords } from "./useWords";

export function ClearIcon() {
  const { t } = useWords();
  return (
    <Named name={t("app.clear")}>
      <CloseCircleFilled />
    </Named>
  );
}
