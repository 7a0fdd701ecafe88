// The papers that the firm hands out: the template of their look, and a made-up paper to see it on.
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { api, dataOf, type Shapes } from "./client";

export type Template = Shapes["Template"];
export const KINDS = [
  "quotation",
  "proforma",
  "confirmation",
  "delivery_note",
  "packing_list",
  "invoice",
  "credit_note",
  "statement",
  "reminder",
] as const;
export type Kind = (typeof KINDS)[number];
export const FORMS = ["pdf", "xlsx", "facturx", "ubl", "wanted"] as const;
/** PDF, workbook, PDF with the figures inside, the figures alone, or what the customer's record asks for. */
export type PaperForm = (typeof FORMS)[number];
export const ELECTRONIC: ReadonlySet<PaperForm> = new Set(["facturx", "ubl", "wanted"]);
export const LANGUAGES = ["en", "zh", "both"] as const;
export type PaperLanguage = (typeof LANGUAGES)[number];

const KEY = ["papers", "template"];

export function useTemplate() {
  return useQuery({ queryKey: KEY, queryFn: async () => dataOf(await api.GET("/api/v1/papers/template")) });
}

export function usePutTemplate() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (values: Template) =>
      dataOf(await api.PUT("/api/v1/papers/template", { body: { text: "", values } })),
    onSuccess: () => void client.invalidateQueries({ queryKey: KEY }),
  });
}

/** The address of a made-up paper in this look, for a frame; give it back with `URL.revokeObjectURL`. */
export function usePreview() {
  return useMutation({
    mutationFn: async (body: { values: Template; kind: Kind; language: PaperLanguage }) => {
      const answer = await api.POST("/api/v1/papers/preview", { body, parseAs: "blob" });
      return URL.createObjectURL(dataOf(answer as { data?: Blob }));
    },
  });
}

/** Fetch a paper and hand it to the person as a file. */
export function useFetchPaper() {
  return useMutation({
    mutationFn: async (asked: {
      kind: Kind;
      number: string;
      form: PaperForm;
      language: PaperLanguage | undefined;
    }) => {
      const { kind, number, form, language } = asked;
      const answer = await api.GET("/api/v1/papers/{kind}/{number}", {
        params: { path: { kind, number }, query: { form, ...(language === undefined ? {} : { language }) } },
        parseAs: "blob",
      });
      const link = document.createElement("a");
      const made = dataOf(answer as { data?: Blob });
      link.href = URL.createObjectURL(made);
      link.download = `${kind}-${number}.${endingOf(made.type)}`;
      link.click();
      URL.revokeObjectURL(link.href);
    },
  });
}

function endingOf(type: string): string {
  if (type.startsWith("application/pdf")) return "pdf";
  return type.startsWith("application/xml") ? "xml" : "xlsx";
}
