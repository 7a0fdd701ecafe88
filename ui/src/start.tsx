// The workbench itself, once its script is there.
import "./styles.css";

import { QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { BrowserRouter } from "react-router";

import { makeQueryClient } from "./api/query";
import { App } from "./App";
import { filled } from "./firstView";
import { startLanguage } from "./i18n";
import { startMode } from "./shell/mode";

/** Milliseconds that the first drawing waits for early answers: drawn whole once is quicker than piece by piece. */
const PATIENCE = 700;

function patience(): Promise<undefined> {
  return new Promise((resolve) => setTimeout(() => resolve(undefined), PATIENCE));
}

/** Draw the workbench. Nothing happens when this file is only read: the customer's page shares libraries with it. */
export async function begin(): Promise<void> {
  const client = makeQueryClient();
  startMode();
  const [begins] = await Promise.all([Promise.race([filled(client), patience()]), startLanguage()]);
  if (begins !== undefined) history.replaceState(null, "", begins);
  const root = document.getElementById("root");
  if (root === null) return;
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={client}>
        <BrowserRouter>
          <App />
        </BrowserRouter>
      </QueryClientProvider>
    </StrictMode>,
  );
}
