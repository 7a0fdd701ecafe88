// The digest of a day or week in the reader's language, and when it comes.
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import type { Language } from "../i18n";
import { api, dataOf, type Shapes } from "./client";

export type Digest = Shapes["DigestShape"];
export type DigestSection = Shapes["SectionShape"];
export type DigestKind = Digest["kind"];
export interface DigestSettings {
  daily: boolean;
  weekly: boolean;
  hour: number;
  weekday: number;
  time_zone: string;
}

const SETTINGS = ["digest", "settings"];

/** `day` as 2026-03-10, "" for the one that would come today. */
export function useDigest(kind: DigestKind, day: string, language: Language) {
  return useQuery({
    queryKey: ["digest", kind, day, language],
    queryFn: async () => {
      const query = day === "" ? { language } : { language, day };
      return dataOf(await api.GET("/api/v1/digest/{kind}", { params: { path: { kind }, query } }));
    },
  });
}

/** Where the same lies as PDF. */
export function pdfOf(kind: DigestKind, day: string, language: Language): string {
  return `/api/v1/digest/${kind}/pdf?${new URLSearchParams({ day, language }).toString()}`;
}

export function useDigestSettings() {
  return useQuery({
    queryKey: SETTINGS,
    queryFn: async () => dataOf(await api.GET("/api/v1/digest/settings")),
  });
}

export function useKeepDigestSettings() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (body: DigestSettings) => dataOf(await api.PUT("/api/v1/digest/settings", { body })),
    onSuccess: (kept) => client.setQueryData(SETTINGS, kept),
  });
}
