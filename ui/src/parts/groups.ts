// Names of groups and roles as people say them; those of a company's own stay as they are.
import i18next from "i18next";

import { useWords } from "./useWords";

export function useGroups(): (group: string) => string {
  const { t } = useWords();
  return (group) => {
    if (group === "") return t("home.somebody");
    const key = `group.${group}`;
    return i18next.exists(key) ? t(key) : group.replaceAll("_", " ");
  };
}
