export { moveImports } from './move-imports.ts';
export { isEdited, makeWorkpiece, moveAside, NoWorkpiece, type Workpiece } from './workpiece.ts';
