// What is wrong with an uploaded workbook, one problem a line, as the server names the rows.
const NEXT = /; (?=row \d+|and \d+ more)/;

export function problemsOf(message: string): string[] {
  return message.split(NEXT);
}
