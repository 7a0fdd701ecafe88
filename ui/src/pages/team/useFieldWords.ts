// Fields and values of drafts as business people say them.
import { text } from "../../forms/text";
import { useWords } from "../../parts/useWords";

export function useFieldWords() {
  const { t } = useWords();
  return {
    field: (name: string): string => t(`team.field.${name}`, name),
    value: (value: unknown): string =>
      value === null || value === undefined || value === "" ? t("team.learned.nothing") : text(value),
  };
}
