// What somebody typed for a task: in this browser at once, with the server as soon as they pause; until it is answered.
import { useCallback, useEffect, useRef, useState } from "react";

import { api, ApiError, Unreachable } from "../../api/client";
import { changed, type FormSchema, type Values } from "../../forms/schema";

/** Milliseconds without a key after which a draft goes to the server. */
const PAUSE = 2000;
/** Milliseconds until a server that did not answer is tried again. */
const AGAIN = 3000;

/** The first status of an answer that blames the server. */
const SERVER_FAULT = 500;

export type DraftState = "none" | "typing" | "browser" | "server";

const nameOf = (key: string): string => `mainspring.draft.${key}`;

interface Draft {
  values: Values;
  change: (values: Values) => void;
  /** The task is answered: nothing is kept any longer. */
  forget: () => void;
  state: DraftState;
}

/**
 * The values of a form with what was typed earlier, here or on another machine.
 *
 * @param base the values without any draft; what differs from them is the draft
 * @param first the values with the draft that the server has
 */
export function useDraft(key: string, schema: FormSchema, base: Values, first: Values): Draft {
  const [values, setValues] = useState<Values>(() => ({ ...first, ...read(key) }));
  const [state, setState] = useState<DraftState>("none");
  const waiting = useRef<Values | null>(null);
  /** How often something was typed: an answer to an earlier draft says nothing of a later one. */
  const typed = useRef(0);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const left = useRef(false);

  const send = useCallback(
    async function send(): Promise<void> {
      clearTimeout(timer.current);
      const draft = waiting.current;
      if (draft === null) return;
      waiting.current = null;
      const turn = typed.current;
      try {
        await api.POST("/api/v1/tasks/{key}/draft", { params: { path: { key } }, body: { draft } });
        if (typed.current === turn) {
          localStorage.removeItem(nameOf(key));
          setState("server");
        }
      } catch (error) {
        setState("browser"); // it is still here, and goes there by itself when the server is back
        if (!isAway(error) || left.current || typed.current !== turn) return;
        waiting.current = draft;
        timer.current = setTimeout(() => void send(), AGAIN);
      }
    },
    [key],
  );

  useEffect(() => {
    left.current = false;
    waiting.current = read(key); // what an earlier visit could not send
    void send();
    return () => {
      left.current = true;
      void send();
    };
  }, [key, send]);

  const change = (next: Values): void => {
    setValues(next);
    setState("typing");
    const draft = changed(schema, base, next);
    localStorage.setItem(nameOf(key), JSON.stringify(draft));
    waiting.current = draft;
    typed.current += 1;
    clearTimeout(timer.current);
    timer.current = setTimeout(() => void send(), PAUSE);
  };
  const forget = (): void => {
    clearTimeout(timer.current);
    waiting.current = null;
    localStorage.removeItem(nameOf(key));
  };
  return { values, change, forget, state };
}

/** Whether the server may take it later: it did not answer, or what stands before it could not reach it. */
function isAway(error: unknown): boolean {
  return error instanceof Unreachable || (error instanceof ApiError && error.status >= SERVER_FAULT);
}

function read(key: string): Values | null {
  const text = localStorage.getItem(nameOf(key));
  if (text === null) return null;
  try {
    return JSON.parse(text) as Values;
  } catch {
    return null;
  }
}
