// What a service is called: its title, or the words for one that is built in.
import { useWords } from "../../parts/useWords";

interface Named {
  name: string;
  title: { en: string; zh: string } | null;
}

export function useServiceName(): (service: Named) => string {
  const { t, said } = useWords();
  return ({ name, title }) => {
    if (title !== null) return said(title);
    const key = `services.own.${name}`;
    return t(key, name.replaceAll("_", " "));
  };
}
