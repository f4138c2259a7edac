import { proveSystem } from './prove.ts';

proveSystem('dynamics-365', ['goods-receipt', 'invoice', 'payment', 'purchase-order', 'supplier']);
