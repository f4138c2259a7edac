import { proveSystem } from './prove.ts';

proveSystem('infor-m3', ['supplier', 'purchase-order', 'goods-receipt', 'invoice', 'payment']);
