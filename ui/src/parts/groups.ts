// Names of groups and roles as people say them; those of a company's own stay as they are.
import { useWords } from "./useWords";

export function useGroups(): (group: string) => string {
  const { t } = useWords();
  return (group) => {
    if (group === "") return t("home.somebody");
    const key = `group.${group}`;
    return t(key, group.replaceAll("_", " "));
  };
}
