// What bpmn-js says where one only looks.
import type { Words } from "../translating";

export const VIEWER: Words = {
  "Open {element}": "打开“{element}”",
};
