// Stands in for d3-transition and d3-interpolate, which d3-zoom asks for: stage.js moves the picture by itself, and only
// where the reader has nothing against motion. That saves 30 KB.
import {selection} from 'd3-selection';

selection.prototype.interrupt = function () { return this; };

export const interrupt = () => {};
export const interpolateZoom = () => () => {};
