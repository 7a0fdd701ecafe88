// How far an order is: ordered, shipped, invoiced, paid.
import type { Offer } from "./offer";
import type { Speaking } from "./words";

export function Progress({ order, speech }: { order: NonNullable<Offer["order"]>; speech: Speaking }) {
  return (
    <section>
      <h2>{speech.say("order", { number: order.order_no })}</h2>
      <ol className="steps">
        {order.steps.map((one) => (
          <li key={one.step} className={one.at ? "done" : "open"}>
            <strong>{speech.say(one.step)}</strong>
            <span>{one.at ? speech.date(one.at) : speech.say("notYet")}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}
