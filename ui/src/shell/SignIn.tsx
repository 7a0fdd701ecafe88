// Nobody is signed in: by name and password, by the company's own sign-in, or by a link. The address stays, so that a
// notice leads to its task afterwards.
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type SyntheticEvent, useState } from "react";

import { api, dataOf } from "../api/client";
import { useFault } from "../parts/useFault";
import { useWords } from "../parts/useWords";
import { Button, Notice } from "../plain/controls";
import { Mark } from "./Mark";
import "./signin.css";

export function SignIn({ linkUsed }: { linkUsed: boolean }) {
  const { t } = useWords();
  return (
    <main className="trouble sign-in">
      <Mark size={48} />
      <strong>{t(linkUsed ? "error.linkUsed" : "error.signedOut")}</strong>
      <ByPassword />
      <ByProvider />
      <p>{t("error.signedOutHow")}</p>
    </main>
  );
}

function ByPassword() {
  const { t } = useWords();
  const fault = useFault();
  const client = useQueryClient();
  const [person, setPerson] = useState("");
  const [password, setPassword] = useState("");
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState("");
  const send = async (): Promise<void> => {
    setBusy(true);
    try {
      dataOf(await api.POST("/api/v1/session", { body: { person: person.trim(), password } }));
      await client.resetQueries();
    } catch (error) {
      setWrong(fault(error));
      setBusy(false);
    }
  };
  return (
    <form
      onSubmit={(event: SyntheticEvent) => {
        event.preventDefault();
        void send();
      }}
    >
      <label>
        {t("signIn.person")}
        <input
          className="input"
          autoComplete="username"
          required
          maxLength={64}
          value={person}
          onChange={({ target }) => setPerson(target.value)}
        />
      </label>
      <label>
        {t("signIn.password")}
        <input
          className="input"
          type="password"
          autoComplete="current-password"
          required
          value={password}
          onChange={({ target }) => setPassword(target.value)}
        />
      </label>
      {wrong !== "" && <Notice kind="warning">{wrong}</Notice>}
      <Button type="submit" look="primary" busy={busy}>
        {t("signIn.go")}
      </Button>
    </form>
  );
}

function ByProvider() {
  const { t } = useWords();
  const providers = useQuery({
    queryKey: ["providers"],
    queryFn: async () => dataOf(await api.GET("/api/v1/sign-in/providers")),
  });
  const items = providers.data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <ul className="sign-in-with">
      {items.map((one) => (
        <li key={one.id}>
          <a href={`/sign-in/with/${encodeURIComponent(one.id)}`}>{t("signIn.with", { name: one.label })}</a>
        </li>
      ))}
    </ul>
  );
}
