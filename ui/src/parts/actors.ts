// Names of those who act: a digital employee by its title, a person by the account.
import { useQuery } from "@tanstack/react-query";

import { api, dataOf } from "../api/client";
import { useWords } from "./useWords";

const HOUR = 3_600_000;

export function useActors(): (id: string) => string {
  const { said } = useWords();
  const { data } = useQuery({
    queryKey: ["employees", "titles"],
    queryFn: async () => {
      const { items } = dataOf(await api.GET("/api/v1/employees"));
      return Object.fromEntries(items.map((one) => [one.id, one.title]));
    },
    staleTime: HOUR,
    retry: false,
  });
  return (id) => said(data?.[id] ?? id.replaceAll("_", " "));
}
