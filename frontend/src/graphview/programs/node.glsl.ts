/** Vertex shader of items: a quad around the centre, in CSS pixels. Style bytes: see `nodeProgram.ts`. */
export const NODE_VERTEX = /* glsl */ `
attribute vec2 a_position;
attribute float a_radius;
attribute vec4 a_style;
attribute vec4 a_more;
attribute vec4 a_id;
attribute vec2 a_corner;
uniform mat3 u_matrix;
uniform vec2 u_viewport;
uniform float u_scale;
uniform float u_dim;
uniform vec3 u_kinds[12];
uniform vec3 u_people[5];
varying vec2 v_p;
varying float v_r;
varying vec4 v_style;
varying vec2 v_more;
varying vec3 v_fill;
varying vec3 v_person;
varying vec4 v_id;

void main() {
  float alpha = a_style.w / 255.0;
  if (a_radius == 0.0 || alpha == 0.0) {
    gl_Position = vec4(2.0, 2.0, 0.0, 1.0);
    return;
  }
  float r = a_radius * u_scale;
  #ifdef PICKING_MODE
    // What was filtered is seen faintly and cannot be picked.
    if (a_style.w < 35.0) {
      gl_Position = vec4(2.0, 2.0, 0.0, 1.0);
      return;
    }
  #endif
  if (a_style.z < 31.5) alpha *= u_dim;
  if (mod(floor(a_style.z / 2.0), 2.0) > 0.5 || a_more.z > 0.5) r = max(r, 8.0);
  bool plain = a_style.z == 0.0 && a_more.y == 0.0 && a_more.w == 0.0;
  #ifdef PICKING_MODE
    r = max(r, 5.0);
    plain = true;
  #endif
  float reach = r * (a_style.x > 2.5 ? 1.4 : 1.28) + (plain ? 2.0 : 12.0);
  vec2 centre = (u_matrix * vec3(a_position, 1.0)).xy;
  gl_Position = vec4(centre + a_corner * reach * 2.0 / u_viewport, 0.0, 1.0);
  v_p = a_corner * reach;
  v_r = r;
  v_style = vec4(a_style.xyz, alpha);
  v_more = vec2(a_more.z, a_more.w);
  v_fill = u_kinds[int(a_more.x)];
  v_person = u_people[int(a_more.y)];
  v_id = vec4(a_id.rgb, 1.0);
}`;

export const NODE_FRAGMENT = /* glsl */ `
precision highp float;
varying vec2 v_p;
varying float v_r;
varying vec4 v_style;
varying vec2 v_more;
varying vec3 v_fill;
varying vec3 v_person;
varying vec4 v_id;
uniform float u_pixel;
uniform vec3 u_canvas;
uniform vec3 u_accent;
uniform vec3 u_line2;
uniform vec3 u_icon;
uniform sampler2D u_atlas;

const vec2 GRID = vec2(8.0, 4.0);
vec4 acc = vec4(0.0);

bool bit(float flags, float value) { return mod(floor((flags + 0.5) / value), 2.0) > 0.5; }
float edge(float d) { return clamp(0.5 - d * u_pixel, 0.0, 1.0); }
float band(float d, float from, float to) { return edge(max(from - d, d - to)); }
void over(vec3 colour, float a) { acc = vec4(colour * a, a) + acc * (1.0 - a); }

float box(vec2 p, float h, float corner) {
  vec2 q = abs(p) - vec2(h - corner);
  return length(max(q, 0.0)) + min(max(q.x, q.y), 0.0) - corner;
}

float shape(vec2 p, float r) {
  float kind = floor(v_style.x + 0.5);
  if (kind < 0.5) return length(p) - r;
  if (kind < 1.5) return box(p, r * 0.95, r * 0.26);
  if (kind > 2.5) return box(vec2(max(abs(p.x) - r * 0.45, 0.0), p.y), r * 0.85, r * 0.35);
  return box(vec2(p.x + p.y, p.x - p.y) * 0.70710678, r * 0.9, r * 0.16);
}

float stamp(vec2 p, float halfSide, float index) {
  vec2 cell = vec2(mod(index, GRID.x), floor((index + 0.5) / GRID.x));
  vec2 inside = vec2(p.x, -p.y) / halfSide * 0.4375 + 0.5;
  float a = texture2D(u_atlas, (cell + clamp(inside, 0.02, 0.98)) / GRID).a;
  return max(abs(p.x), abs(p.y)) > halfSide * 1.1 ? 0.0 : a;
}

void badge(vec2 p, float glyph) {
  float d = length(p) - 7.0;
  over(u_canvas, edge(d - 0.5));
  over(u_line2, band(d, -1.0, 0.0));
  over(u_line2, glyph);
}

void main() {
  float flags = v_style.z;
  float d = shape(v_p, v_r);
  #ifdef PICKING_MODE
    if (d > 2.0) discard;
    gl_FragColor = v_id;
  #else
  bool uncertain = bit(flags, 1.0);
  bool fallen = bit(flags, 16.0);
  bool large = v_r >= 6.5;
  float at = v_r * 0.72;
  vec2 high = v_p - vec2(at, at);
  vec2 low = v_p - vec2(at, -at);
  vec2 lockAt = bit(v_more.y, 2.0) ? low : high;
  float icon = stamp(v_p, v_r * 0.56, floor(v_style.y + 0.5));
  float lock = stamp(lockAt, 4.6, 15.0);
  float pin = stamp(high, 4.6, 16.0);

  if (bit(v_more.x, 2.0)) over(v_person, edge(d - 7.0) * 0.4);
  if (bit(flags, 4.0)) {
    float behind = shape(v_p - vec2(0.2, 0.16) * v_r - vec2(1.5, 1.0), v_r);
    over(u_canvas, edge(behind - 1.0));
    over(v_fill, band(behind, -1.5, 0.0));
  }
  if (bit(flags, 8.0)) { over(u_canvas, edge(d - 4.5)); over(v_fill, band(d, 2.5, 4.0)); }
  if (bit(flags, 2.0)) { over(u_canvas, edge(d - 5.5)); over(u_accent, band(d, 3.0, 5.5)); }
  if (bit(v_more.x, 1.0)) over(v_person, band(box(v_p, v_r + 7.0, 4.0), -2.0, 0.0));
  over(u_canvas, edge(d - (v_r > 3.0 ? 1.0 : 0.0)));
  if (uncertain || fallen) {
    float steps = max(6.0, floor(6.2831853 * v_r / 6.0));
    float turn = fract(atan(v_p.y, v_p.x) / 6.2831853 * steps);
    float gap = uncertain && !fallen && large ? edge((abs(turn - 0.5) - 0.3) * 6.0) : 1.0;
    over(v_fill, band(d, -1.8, 0.0) * gap);
    if (fallen) over(v_fill, band(abs(v_p.x - v_p.y) * 0.7071, -0.9, 0.9) * edge(length(v_p) - v_r * 1.3));
  } else {
    over(v_fill, edge(d));
  }
  float shown = smoothstep(6.2, 7.2, v_r);
  over(uncertain || fallen ? v_fill : u_icon, icon * shown);
  if (bit(v_more.y, 1.0) && large) badge(lockAt, lock);
  if (bit(v_more.y, 2.0) && large) badge(high, pin);
  gl_FragColor = acc * v_style.w;
  #endif
}`;
