import { proveSystem } from './prove.ts';

proveSystem('oracle-fusion', ['supplier', 'purchase-order', 'goods-receipt', 'invoice', 'payment']);
