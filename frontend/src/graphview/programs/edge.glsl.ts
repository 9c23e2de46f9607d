/** Vertex shader of links: a quad along the chord, wide enough for the parabola, in CSS pixels. */
export const EDGE_VERTEX = /* glsl */ `
attribute vec2 a_source;
attribute vec2 a_target;
attribute vec4 a_shape;
attribute vec4 a_style;
attribute vec4 a_id;
attribute vec2 a_corner;
uniform mat3 u_matrix;
uniform vec2 u_viewport;
uniform float u_scale;
uniform float u_faint;
uniform float u_dim;
uniform vec3 u_classes[8];
uniform vec3 u_people[5];
varying vec2 v_p;
varying vec4 v_line;
varying vec2 v_ends;
varying vec3 v_kind;
varying vec4 v_colour;
varying vec4 v_under;
varying vec4 v_id;

vec2 pixels(vec2 at) { return ((u_matrix * vec3(at, 1.0)).xy * 0.5 + 0.5) * u_viewport; }

void main() {
  vec2 s = pixels(a_source);
  vec2 t = pixels(a_target);
  float len = length(t - s);
  float alpha = a_style.z / 255.0;
  if (len < 0.01 || a_shape.y == 0.0 || alpha == 0.0) {
    gl_Position = vec4(2.0, 2.0, 0.0, 1.0);
    return;
  }
  float scale = min(u_scale, 1.0);
  float curve = (a_shape.x - 128.0) * scale;
  float width = a_shape.y / 16.0 * mix(scale, 1.0, u_faint > 0.5 ? 0.06 : 0.35);
  if (u_faint > 0.5 && width < 1.0) alpha = min(alpha, 0.2);
  float kind = a_style.y;
  if (kind < 63.5) alpha *= u_dim;
  float struck = mod(floor(kind / 16.0), 4.0);
  float mark = mod(floor(kind / 4.0), 4.0);
  float pad = width * 0.5 + 2.0;
  if (mark > 0.5) pad += 4.0 + width;
  if (a_style.w > 0.5) pad = max(pad, 6.0 + width * 0.5);
  if (struck > 0.5) pad = max(pad, 8.0);
  #ifdef PICKING_MODE
    pad = max(pad, 5.0);
  #endif
  vec2 along = (t - s) / len;
  vec2 side = vec2(-along.y, along.x);
  vec2 local = vec2(len * (a_corner.x * 0.5 + 0.5), mix(min(0.0, curve) - pad, max(0.0, curve) + pad, a_corner.y * 0.5 + 0.5));
  vec2 at = s + along * local.x + side * local.y;
  gl_Position = vec4(at / u_viewport * 2.0 - 1.0, 0.0, 1.0);
  v_p = local;
  v_line = vec4(len, curve, width, scale);
  v_ends = a_shape.zw / 8.0 * u_scale;
  v_kind = vec3(mod(kind, 4.0), mark, struck);
  v_colour = vec4(u_classes[int(a_style.x)], alpha);
  v_under = vec4(u_people[int(a_style.w)], a_style.w > 0.5 ? 0.35 : 0.0);
  v_id = vec4(a_id.rgb, 1.0);
}`;

export const EDGE_FRAGMENT = /* glsl */ `
precision highp float;
varying vec2 v_p;
varying vec4 v_line;
varying vec2 v_ends;
varying vec3 v_kind;
varying vec4 v_colour;
varying vec4 v_under;
varying vec4 v_id;
uniform float u_pixel;

float cover(float d) { return clamp(0.5 - d * u_pixel, 0.0, 1.0); }
float height(float x) { float q = x / v_line.x; return 4.0 * v_line.y * q * (1.0 - q); }
float slope(float x) { return 4.0 * v_line.y * (1.0 - 2.0 * x / v_line.x) / v_line.x; }

void main() {
  float width = v_line.z;
  float steep = slope(v_p.x);
  float d = abs(v_p.y - height(v_p.x)) / sqrt(1.0 + steep * steep);
  #ifdef PICKING_MODE
    if (d > max(width * 0.5 + 1.0, 4.0)) discard;
    gl_FragColor = v_id;
  #else
  float flat_ends = inversesqrt(1.0 + slope(0.0) * slope(0.0));
  float from = v_ends.x * flat_ends;
  float tip = v_line.x - (v_ends.y + 1.0) * flat_ends;
  float pattern = floor(v_kind.x + 0.5);
  float mark = floor(v_kind.y + 0.5);
  float scale = max(v_line.w, 0.5);

  float a = 0.0;
  vec2 ahead = normalize(vec2(1.0, slope(tip)));
  vec2 rel = v_p - vec2(tip, height(tip));
  vec2 m = vec2(dot(rel, ahead), rel.y * ahead.x - rel.x * ahead.y);
  float until = tip;
  if (mark > 1.5) {
    float half_len = 4.2 * scale + width * 0.3;
    float half_wide = 2.9 * scale + width * 0.3;
    float shape = (abs(m.x + half_len) / half_len + abs(m.y) / half_wide - 1.0) * half_wide * 0.8;
    a = cover(shape);
    until = tip - half_len;
  } else if (mark > 0.5) {
    float size = (6.0 + width) * scale;
    float half_wide = (2.6 + width * 0.75) * scale;
    float shape = max((abs(m.y) + m.x * half_wide / size) * 0.9, -size - m.x);
    a = cover(shape);
    until = tip - size * 0.8;
  }
  float drawn = max(d - width * 0.5, 0.0 - width * 0.5);
  float thin = min(width * u_pixel, 1.0);
  if (pattern > 1.5) {
    float phase = abs(mod(v_p.x, 5.5) - 2.75);
    drawn = length(vec2(max(phase - 0.75, 0.0), d)) - max(width * 0.5, 0.6);
  } else if (pattern > 0.5) {
    drawn = max(drawn, abs(mod(v_p.x, 10.0) - 5.0) - 3.0);
  }
  float line = cover(max(drawn, max(from - v_p.x, v_p.x - until))) * thin;
  a = max(a, line);
  if (v_kind.z > 0.5) {
    vec2 middle = v_p - vec2(v_line.x * 0.5, v_line.y);
    for (int i = 0; i < 2; i++) {
      vec2 q = middle - vec2(v_kind.z < 1.5 ? 0.0 : i == 0 ? -2.5 : 2.5, 0.0);
      float stroke = max(abs(q.x * 0.866 - q.y * 0.5) - 0.8, abs(q.x * 0.5 + q.y * 0.866) - 6.0);
      a = max(a, cover(stroke));
    }
  }
  a *= v_colour.a;
  float under = cover(max(d - 3.5 - width * 0.5, max(from - v_p.x, v_p.x - tip))) * v_under.a;
  gl_FragColor = vec4(v_colour.rgb * a + v_under.rgb * under * (1.0 - a), a + under * (1.0 - a));
  #endif
}`;
