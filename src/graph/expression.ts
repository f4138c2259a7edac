/** JSONata expressions as syntax trees. Building the parser costs more than most expressions, and many occur often. */
import jsonata from 'jsonata';

const trees = new Map<string, jsonata.ExprNode>();
/** Enough for the mappings of an estate; expressions are short. */
const MAX_TREES = 20_000;

/** Not to be changed, since others may read it too. Throws what JSONata throws where there is a fault. */
export function parseExpression(expression: string): jsonata.ExprNode {
  const known = trees.get(expression);
  if (known) return known;
  const tree = jsonata(expression).ast();
  if (trees.size < MAX_TREES) trees.set(expression, tree);
  return tree;
}
