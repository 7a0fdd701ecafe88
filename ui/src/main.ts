// Where everything starts: what the first view needs is asked for at once, beside the script of the workbench.
import { beginAnewWhenLacking } from "./anew";
import { askEarly, askInbox, loadInbox } from "./early";
import { firstLanguage, loadWords } from "./i18n/loading";

beginAnewWhenLacking();
void askEarly("/api/v1/me");
const [, place, key] = location.pathname.split("/");
if (place === "inbox") {
  void loadInbox();
  if (location.search === "") void askInbox(key);
} else {
  void import("./Dressed");
  if (place === "") {
    void import("./pages/home/Home");
    void askEarly("/api/v1/landscape");
  }
}
void loadWords(firstLanguage());
void import("./start").then((workbench) => workbench.begin());
