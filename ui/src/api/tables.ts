// Tables that people make, and the firm's books as tables: windows of rows, writing, filling, review.
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";

import { api, dataOf, type Shapes } from "./client";
import { useWindow } from "./window";

export type TableHead = Shapes["TableHead"];
export type TableField = Shapes["TableField"];
export type TableRow = Shapes["TableRow"];
export type View = TableHead["views"][number];
export type Condition = Shapes["RowCondition"];
export type Order = Shapes["RowOrder"];
export type FillProgress = Shapes["FillProgress"];
export type Cells = Record<string, unknown>;

const KEY = ["tables"];
const SOON = 1000;
const at = (sheet: string) => ({ params: { path: { sheet } } });
const of = (sheet: string, field: string) => ({ params: { path: { sheet, field } } });

export function useTables() {
  return useQuery({
    queryKey: [...KEY, "all"],
    queryFn: async () => dataOf(await api.GET("/api/v1/tables")),
  });
}

export function useTable(sheet: string) {
  return useQuery({
    queryKey: [...KEY, sheet, "head"],
    queryFn: async () => dataOf(await api.GET("/api/v1/tables/{sheet}", at(sheet))),
  });
}

export function useRows(sheet: string, where: Condition[], order: Order | null) {
  const ask = useCallback(
    async (first: number, count: number) =>
      dataOf(
        await api.POST("/api/v1/tables/{sheet}/window", {
          ...at(sheet),
          body: { first, count, where, order },
        }),
      ),
    [sheet, where, order],
  );
  return useWindow([...KEY, sheet, "rows", where, order], ask);
}

/** A change of a table; afterwards everything of tables is read again. */
function useChange<T, R>(change: (given: T) => Promise<R>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: () => void client.invalidateQueries({ queryKey: KEY }),
  });
}

export function useDefine(sheet: string) {
  return useChange(async (body: { title: string; fields: Shapes["SheetField"][] }) =>
    dataOf(await api.PUT("/api/v1/tables/{sheet}", { ...at(sheet), body })),
  );
}

export function usePut(sheet: string) {
  return useChange(async (body: { rows: Cells[]; keys: string[] }) =>
    dataOf(await api.POST("/api/v1/tables/{sheet}/rows", { ...at(sheet), body })),
  );
}

export function useRemove(sheet: string) {
  return useChange(async (numbers: number[]) =>
    dataOf(await api.POST("/api/v1/tables/{sheet}/remove", { ...at(sheet), body: { numbers } })),
  );
}

export function useKeepView(sheet: string) {
  return useChange(async (body: View) =>
    dataOf(await api.POST("/api/v1/tables/{sheet}/views", { ...at(sheet), body })),
  );
}

export function useDropView(sheet: string) {
  return useChange(async (name: string) =>
    dataOf(await api.POST("/api/v1/tables/{sheet}/views/drop", { ...at(sheet), body: { name } })),
  );
}

function sent(document: File) {
  const data = new FormData();
  data.set("document", document);
  return { body: data as never, bodySerializer: () => data };
}

export function useBringRows(sheet: string) {
  return useChange(async (document: File) =>
    dataOf(await api.POST("/api/v1/tables/{sheet}/import", { ...at(sheet), ...sent(document) })),
  );
}

export function useMakeOf() {
  return useChange(async ({ sheet, document }: { sheet: string; document: File }) =>
    dataOf(await api.POST("/api/v1/tables/{sheet}/file", { ...at(sheet), ...sent(document) })),
  );
}

export function useCost(sheet: string, field: string) {
  return useQuery({
    queryKey: [...KEY, sheet, "cost", field],
    queryFn: async () =>
      dataOf(await api.GET("/api/v1/tables/{sheet}/fields/{field}/cost", of(sheet, field))),
    retry: false,
    staleTime: 0,
  });
}

/** How far a filling is; asked again and again while it goes on. */
export function useFillState(sheet: string, field: string) {
  return useQuery({
    queryKey: [...KEY, sheet, "state", field],
    queryFn: async () =>
      dataOf(await api.GET("/api/v1/tables/{sheet}/fields/{field}/state", of(sheet, field))),
    refetchInterval: (query) => (goesOn(query.state.data) ? SOON : false),
  });
}

export function goesOn(state: FillProgress | undefined): boolean {
  return state?.status === "asked" || state?.status === "running";
}

export function useFill(sheet: string, field: string) {
  return useChange(async () =>
    dataOf(await api.POST("/api/v1/tables/{sheet}/fields/{field}/fill", of(sheet, field))),
  );
}

export function useStopFill(sheet: string, field: string) {
  return useChange(async () =>
    dataOf(await api.POST("/api/v1/tables/{sheet}/fields/{field}/stop", of(sheet, field))),
  );
}

export function useUnsure(sheet: string, field: string) {
  return useQuery({
    queryKey: [...KEY, sheet, "unsure", field],
    queryFn: async () =>
      dataOf(await api.GET("/api/v1/tables/{sheet}/fields/{field}/unsure", of(sheet, field))),
  });
}

export function useReview(sheet: string, field: string) {
  return useChange(async (body: { row: number; value: string }) =>
    dataOf(await api.POST("/api/v1/tables/{sheet}/fields/{field}/review", { ...of(sheet, field), body })),
  );
}
