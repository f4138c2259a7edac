import { proveSystem } from './prove.ts';

proveSystem('oracle-fusion', ['supplier']);
