// The pages of a table: Ant Design's buttons between them, named in the reader's language.
import type { PaginationProps } from "antd";
import { cloneElement, isValidElement, type ReactElement } from "react";

import { useWords } from "./useWords";

/** What a pagination needs so that its arrows are read by their names. */
export function usePages(): Required<Pick<PaginationProps, "itemRender">> {
  const { t } = useWords();
  return {
    itemRender: (_, kind, drawn) =>
      kind !== "page" && isValidElement(drawn)
        ? cloneElement(drawn as ReactElement<{ "aria-label": string }>, {
            "aria-label": t(`app.page.${kind}`),
          })
        : drawn,
  };
}
