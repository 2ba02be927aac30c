/* Tab-separated text, as spreadsheets put it on the clipboard and take it from there. */

/** Rows of cells; a cell in quotes may hold tabs, line breaks and doubled quotes. The last line break says nothing. */
export function parse(text) {
  const rows = [[]];
  let cell = "";
  let at = 0;
  const source = text.replace(/\r\n?/g, "\n").replace(/\n$/, "");
  const isQuoted = () => source[at] === '"' && /"(?=[\t\n]|$)/.test(source.slice(at + 1));
  const end = () => {
    rows[rows.length - 1].push(cell.replace(/\s+/g, " ").trim());
    cell = "";
  };
  let isStart = true;
  while (at < source.length) {
    const sign = source[at];
    if (isStart && isQuoted()) {
      at += 1;
      while (at < source.length && !(source[at] === '"' && source[at + 1] !== '"')) {
        if (source[at] === '"') at += 1;
        cell += source[at];
        at += 1;
      }
      isStart = false;
    } else if (sign === "\t" || sign === "\n") {
      end();
      if (sign === "\n") rows.push([]);
      isStart = true;
    } else {
      cell += sign;
      isStart = false;
    }
    at += 1;
  }
  end();
  return rows;
}

/** Rows of texts as tab-separated text. */
export function format(rows) {
  const quoted = (text) => (/[\t\n"]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text);
  return rows.map((row) => row.map(quoted).join("\t")).join("\n");
}

/**
 * Where each cell of a pasted block goes: one value fills the selection, a block fills it as often as it fits
 * exactly, else it begins at the selection's first cell. `cut` counts what would lie outside.
 */
export function place(rows, { top, bottom, left, right }, height, width) {
  const [tall, wide] = [rows.length, Math.max(...rows.map((row) => row.length))];
  const [down, across] = [bottom - top + 1, right - left + 1];
  const fits = down % tall === 0 && across % wide === 0;
  const targets = [];
  let cut = 0;
  for (let row = 0; row < (fits ? down : tall); row += 1) {
    const source = rows[row % tall];
    for (let col = 0; col < (fits ? across : wide); col += 1) {
      if (col % wide >= source.length) continue;
      if (top + row >= height || left + col >= width) cut += 1;
      else targets.push({ row: top + row, col: left + col, text: source[col % wide], from: [row % tall, col % wide] });
    }
  }
  return { targets, cut };
}
