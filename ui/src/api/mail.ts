// How letters and files come in: the mailbox of the firm, and the watched folder.
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { api, dataOf, type Shapes } from "./client";

export type MailStanding = Shapes["MailStanding"];
export type WatchedFolder = Shapes["FolderShape"];

/** A mailbox to connect; servers that are "" are those of the address's provider. */
export interface Mailbox {
  address: string;
  password: string;
  user: string;
  imap: string;
  smtp: string;
  old: boolean;
  /** Networks inside that the servers are in; nothing else inside is spoken to. */
  networks: string[];
  tls: "required" | "off";
}

const MAIL = ["mail"];
const FOLDER = ["folder"];

export function useMailbox() {
  return useQuery({ queryKey: MAIL, queryFn: async () => dataOf(await api.GET("/api/v1/mail")) });
}

export function useConnectMailbox() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (given: Mailbox) =>
      dataOf(await api.PUT("/api/v1/mail", { body: { ...given, folder: "INBOX" } })),
    onSuccess: (standing) => {
      client.setQueryData(MAIL, standing);
      void client.invalidateQueries({ queryKey: ["company"] });
    },
  });
}

export function useCheckMailbox() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async () => dataOf(await api.POST("/api/v1/mail/check")),
    onSuccess: (standing) => client.setQueryData(MAIL, standing),
  });
}

export function useFetchMail() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async () => dataOf(await api.POST("/api/v1/mail/fetch")),
    onSuccess: () => void client.invalidateQueries({ queryKey: MAIL }),
  });
}

export function useFolder() {
  return useQuery({
    queryKey: FOLDER,
    queryFn: async () => dataOf(await api.GET("/api/v1/folder")),
    refetchInterval: 5_000,
  });
}

export function useWatchFolder() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (folder: string) => dataOf(await api.PUT("/api/v1/folder", { body: { folder } })),
    onSuccess: (kept) => client.setQueryData(FOLDER, kept),
  });
}
