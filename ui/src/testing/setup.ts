// Before each unit test: English words.
import { startLanguage } from "../i18n";

localStorage.setItem("mainspring.language", "en");
await startLanguage();
