// Controls of the first view: the browser's own, dressed by plain.css. Ant Design is loaded behind them (see Dressed).
import type { ButtonHTMLAttributes, ReactNode } from "react";
import "./plain.css";

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  look?: "plain" | "primary" | "danger" | "text";
  small?: boolean;
  /** What it began is still on its way: it cannot be pressed again. */
  busy?: boolean;
}

export function Button({ look = "plain", small, busy, className, disabled, ...rest }: ButtonProps) {
  const classes = [
    "button",
    `is-${look}`,
    small === true && "is-small",
    busy === true && "is-busy",
    className,
  ];
  return (
    <button
      type="button"
      {...rest}
      className={classes.filter((one) => typeof one === "string").join(" ")}
      disabled={disabled === true || busy === true}
      aria-busy={busy}
    />
  );
}

interface NoticeProps {
  kind: "info" | "success" | "warning" | "error";
  children: ReactNode;
  /** What one can do about it. */
  action?: ReactNode;
}

/** Something to be known before going on. */
export function Notice({ kind, children, action }: NoticeProps) {
  return (
    <div className={`notice is-${kind}`} role="alert">
      <div>{children}</div>
      {action}
    </div>
  );
}

/** There is nothing, said in a sentence. */
export function Nothing({ children }: { children: ReactNode }) {
  return <p className="nothing">{children}</p>;
}

/** Something is on its way. */
export function OnItsWay({ label }: { label: string }) {
  return <div className="on-its-way" role="status" aria-label={label} />;
}
