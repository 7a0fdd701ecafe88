// What a service is called: its title, or the words for one that is built in.
import { useTranslation } from "react-i18next";

import { useWords } from "../../parts/useWords";

interface Named {
  name: string;
  title: { en: string; zh: string } | null;
}

export function useServiceName(): (service: Named) => string {
  const { t, said } = useWords();
  const { i18n } = useTranslation();
  return ({ name, title }) => {
    if (title !== null) return said(title);
    const key = `services.own.${name}`;
    return i18n.exists(key) ? t(key) : name.replaceAll("_", " ");
  };
}
