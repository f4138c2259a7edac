import { proveSystem } from './prove.ts';

proveSystem('workday', ['supplier', 'purchase-order', 'goods-receipt', 'invoice', 'payment']);
