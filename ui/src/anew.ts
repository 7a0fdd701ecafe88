// A part of the workbench that could not be loaded: the server is away, or a newer version stands there. As soon as it
// answers the page begins anew; drafts are kept in the browser.

/** Milliseconds between two looks whether the server answers. */
const AGAIN = 3000;
/** Milliseconds after a new beginning in which another one would not help. */
const JUST_NOW = 30_000;
const KEPT = "mainspring.anew";

/** Begin anew when a part of the workbench is lacking (see parts/Boundary); told once, at the start. */
export function beginAnewWhenLacking(): void {
  let looking = false;
  addEventListener("mainspring.lacking", () => {
    if (looking || Date.now() - Number(sessionStorage.getItem(KEPT) ?? 0) < JUST_NOW) return;
    looking = true;
    look();
  });
}

function look(): void {
  fetch("/api/v1/me").then(
    () => {
      sessionStorage.setItem(KEPT, String(Date.now()));
      location.reload();
    },
    () => setTimeout(look, AGAIN),
  );
}
