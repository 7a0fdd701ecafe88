// Evaluates one condition with feelin for some seconds and prints its rate; started by bench/dmn.py.
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const given = JSON.parse(await new Response(process.stdin).text());
const require = createRequire(pathToFileURL(given.home + "/"));
const { evaluate } = await import(pathToFileURL(require.resolve("feelin")).href);
const answer = (context) => {
  const found = evaluate(given.condition, context);
  return found !== null && typeof found === "object" && "value" in found ? found.value : found;
};
const answers = given.orders.slice(0, 10).map(answer);
const begin = performance.now();
let done = 0;
while (performance.now() - begin < given.seconds * 1000) {
  for (const order of given.orders) answer(order);
  done += given.orders.length;
}
console.log(JSON.stringify({ answers: answers.map(String), rate: done / ((performance.now() - begin) / 1000) }));
