// Runs one model in bpmn-engine (npm) for some seconds and prints its rate; started by the benchmarks.
//
// node bpmn_engine.mjs HOME SECONDS [FILE]
//
// HOME is the folder with node_modules. With FILE the engine's own state is written there and forced to the
// disk after the start and after each completed task, which is how its documentation saves and resumes.

import { fdatasyncSync, openSync, readFileSync, writeSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { EventEmitter } from 'node:events';

const [home, seconds, path] = process.argv.slice(2);
const require = createRequire(pathToFileURL(`${home}/package.json`));
const { Engine } = await import(pathToFileURL(require.resolve('bpmn-engine')));
const { default: BpmnModdle } = await import(pathToFileURL(require.resolve('bpmn-moddle')));
const Elements = await import(pathToFileURL(require.resolve('bpmn-elements')));
const { default: serialise, TypeResolver } = await import(
  pathToFileURL(require.resolve('moddle-context-serializer'))
);
const moddleContext = await new BpmnModdle().fromXML(readFileSync(0, 'utf-8'));
const sourceContext = serialise(moddleContext, TypeResolver(Elements)); // read once, for all instances
const limit = Number(seconds) * 1000;
const file = path ? openSync(path, 'w') : null;
const begin = performance.now();
let done = 0;

function late() {
  return performance.now() - begin > 4 * limit;
}

async function save(engine) {
  if (file === null) return;
  writeSync(file, JSON.stringify(await engine.getState()), 0);
  fdatasyncSync(file);
}

while (performance.now() - begin < limit) {
  const engine = new Engine({ name: 'bench', sourceContext });
  const listener = new EventEmitter();
  let waiting = [];
  listener.on('activity.wait', (api) => waiting.push(api));
  let ended = false;
  engine.once('end', () => (ended = true));
  await engine.execute({ listener });
  await save(engine);
  while (!ended && waiting.length && !late()) {
    const now = waiting;
    waiting = [];
    for (const api of now) {
      if (late()) break;
      api.signal();
      done += 1;
      await save(engine);
    }
  }
}
console.log(JSON.stringify({ tasks_per_second: (done * 1000) / (performance.now() - begin) }));
process.exit(0);
