// Where everything starts: what the first view needs is asked for at once, beside the script of the workbench.
import { askEarly, askInbox } from "./early";

void askEarly("/api/v1/me");
const [, place, key] = location.pathname.split("/");
if (place === "inbox") {
  void import("./pages/inbox/Inbox");
  if (location.search === "") askInbox(key).catch(() => undefined);
} else if (place === "") {
  void import("./pages/home/Home");
  void askEarly("/api/v1/landscape");
}
void import("./start");
