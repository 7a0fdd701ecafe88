// The lines of a quote or an order, with what they come to.
import type { Offer } from "./offer";
import type { Speaking } from "./words";

type Paper = NonNullable<Offer["quote"]> | NonNullable<Offer["order"]>;

export function Goods({ paper, speech }: { paper: Paper; speech: Speaking }) {
  const { say, money } = speech;
  const sums = "net" in paper ? (["net", "tax", "total"] as const) : (["total"] as const);
  return (
    <section>
      <div className="wide">
        <table>
          <thead>
            <tr>
              <th scope="col">{say("item")}</th>
              <th scope="col" className="figure">
                {say("quantity")}
              </th>
              <th scope="col" className="figure">
                {say("price")}
              </th>
              <th scope="col" className="figure">
                {say("amount")}
              </th>
            </tr>
          </thead>
          <tbody>
            {paper.lines.map((line) => (
              <tr key={line.line}>
                <td>
                  {line.description} <span className="sku">{line.sku}</span>
                </td>
                <td className="figure">
                  {line.quantity} {line.unit}
                </td>
                <td className="figure">{money(line.unit_price, paper.currency)}</td>
                <td className="figure">{money(line.net, paper.currency)}</td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            {sums.map((name) => (
              <tr key={name} className={name}>
                <th scope="row" colSpan={3} className="figure">
                  {say(name)}
                </th>
                <td className="figure">
                  {money((paper as Record<string, unknown>)[name] as number, paper.currency)}
                </td>
              </tr>
            ))}
          </tfoot>
        </table>
      </div>
    </section>
  );
}
