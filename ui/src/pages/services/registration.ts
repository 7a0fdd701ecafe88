// From the fields of the dialog to a registration as the server takes it.
import type { NewService } from "../../api/services";

export interface Wish {
  kind: NewService["kind"];
  name: string;
  owner: string;
  version: string;
  url?: string;
  document?: string;
  network?: string;
  secret?: string;
}

export function registration(wish: Wish): NewService {
  const config: Record<string, unknown> = {};
  const given = (text: string | undefined): string => (text ?? "").trim();
  const description = given(wish.document);
  const isAddress = /^https?:\/\/\S+$/.test(description);
  if (given(wish.url) !== "") config[wish.kind === "mcp" ? "url" : "base_url"] = given(wish.url);
  if (given(wish.network) !== "") config["networks"] = [given(wish.network)];
  if (given(wish.secret) !== "") config["credential"] = { secret: given(wish.secret) };
  if (wish.kind === "openapi" && isAddress) config["document_url"] = description;
  return {
    name: wish.name,
    kind: wish.kind,
    owner: wish.owner,
    version: wish.version,
    environment: "production",
    share: null,
    config,
    document: wish.kind === "openapi" && !isAddress ? description : null,
  };
}
