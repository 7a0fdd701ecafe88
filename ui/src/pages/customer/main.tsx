// The customer's page: a small program of its own, without the workbench and without signing in.
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import "./customer.css";
import { CustomerPage } from "./CustomerPage";

const root = document.getElementById("root");
if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <CustomerPage />
    </StrictMode>,
  );
}
