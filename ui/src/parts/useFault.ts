// What to tell somebody whose request did not go through.
import { ApiError, Unreachable } from "../api/client";
import { useWords } from "./useWords";

export function useFault(): (error: unknown) => string {
  const { t } = useWords();
  return (error) => {
    if (error instanceof ApiError) return `${error.fault.message}. ${error.fault.mend}`.trim();
    return t(error instanceof Unreachable ? "error.unreachable" : "error.unexpected");
  };
}
