// Names of groups and roles as people say them; those of a company's own stay as they are.
import { useTranslation } from "react-i18next";

export function useGroups(): (group: string) => string {
  const { t, i18n } = useTranslation();
  return (group) => {
    if (group === "") return t("home.somebody");
    const key = `group.${group}`;
    return i18n.exists(key) ? t(key) : group.replaceAll("_", " ");
  };
}
