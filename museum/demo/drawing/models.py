"""Bodies as 3D models: what was turned on the wheel becomes a mesh with its painting, in one GLB file (glTF 2.0)."""

from __future__ import annotations

import json
import struct

import numpy as np

from museum.demo.drawing import canvas
from museum.demo.drawing.solid.bodies import spline
from museum.demo.drawing.vessels.blue import dragon_jar_texture
from museum.demo.drawing.vessels.kiln import JAR

AROUND = 128
TEXTURE = 2048
UNIT = 0.29  # metres: the outline is about 1.78 units high, the jar 52 cm
FLOAT, UNSIGNED, ARRAY, ELEMENTS, LINEAR, MIPMAPS, CLAMP, MIRRORED = 5126, 5125, 34962, 34963, 9729, 9987, 33071, 33648


def dragon_jar() -> bytes:
    """The dragon jar as a GLB file: metres, y up, its foot on the ground."""
    outline = spline(np.array(JAR, float), 8)
    painted, low, high = dragon_jar_texture()
    texture = canvas.jpeg(canvas.reduced(painted, TEXTURE), 88)
    return _glb("Dragon jar", *_turned(outline, low, high), texture)


def _turned(outline: np.ndarray, low: float, high: float) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Positions, normals, places in the texture and triangles of the outline (radius, height) turned once around.

    The painting lies between the arc coordinates ``low`` (its lower edge) and ``high``, and is hung twice around, mirrored.
    """
    steps = np.hypot(*np.diff(outline, axis=0).T)
    along = np.concatenate([[0], np.cumsum(steps)]) / steps.sum()
    tangent = np.gradient(outline, axis=0)
    outward = np.stack([tangent[:, 1], -tangent[:, 0]], 1)
    outward /= np.linalg.norm(outward, axis=1, keepdims=True) + 1e-12
    angle = np.linspace(0, 2 * np.pi, AROUND + 1)
    sin, cos = np.sin(angle)[:, None], np.cos(angle)[:, None]
    radius, height = outline[:, 0], outline[:, 1]
    positions = np.stack([radius * sin, np.broadcast_to(height, (AROUND + 1, len(outline))), radius * cos], -1) * UNIT
    normals = np.stack([outward[:, 0] * sin, np.broadcast_to(outward[:, 1], positions.shape[:2]), outward[:, 0] * cos], -1)
    u = np.broadcast_to(np.linspace(0, 2, AROUND + 1)[:, None], positions.shape[:2])
    v = np.broadcast_to(1 - (along - low) / (high - low), positions.shape[:2])
    a = (np.arange(AROUND)[:, None] * len(outline) + np.arange(len(outline) - 1)[None, :]).ravel()
    b = a + len(outline)
    triangles = np.stack([a, b, a + 1, b, b + 1, a + 1], 1).reshape(-1, 3)
    flat = [array.reshape(-1, array.shape[-1]).astype("<f4") for array in (positions, normals, np.stack([u, v], -1))]
    return flat[0], flat[1], flat[2], triangles.astype("<u4")


def _glb(name: str, positions: np.ndarray, normals: np.ndarray, places: np.ndarray, triangles: np.ndarray, texture: bytes) -> bytes:
    parts = [positions.tobytes(), normals.tobytes(), places.tobytes(), triangles.tobytes(), texture]
    views, binary = [], b""
    for part, target in zip(parts, (ARRAY, ARRAY, ARRAY, ELEMENTS, None), strict=True):
        views.append({"buffer": 0, "byteOffset": len(binary), "byteLength": len(part), **({"target": target} if target else {})})
        binary += part + b"\0" * (-len(part) % 4)
    count = {"componentType": FLOAT, "count": len(positions)}
    described = {
        "asset": {"version": "2.0", "generator": "Mirror River Museum, museum.demo.drawing.models"},
        "scene": 0,
        "scenes": [{"nodes": [0]}],
        "nodes": [{"mesh": 0, "name": name}],
        "meshes": [{"name": name, "primitives": [{"attributes": {"POSITION": 0, "NORMAL": 1, "TEXCOORD_0": 2}, "indices": 3, "material": 0}]}],
        "materials": [
            {
                "name": "glazed porcelain",
                "doubleSided": True,
                "pbrMetallicRoughness": {"baseColorTexture": {"index": 0}, "metallicFactor": 0.0, "roughnessFactor": 0.18},
            }
        ],
        "textures": [{"sampler": 0, "source": 0}],
        "images": [{"bufferView": 4, "mimeType": "image/jpeg"}],
        "samplers": [{"magFilter": LINEAR, "minFilter": MIPMAPS, "wrapS": MIRRORED, "wrapT": CLAMP}],
        "accessors": [
            {"bufferView": 0, "type": "VEC3", **count, "min": positions.min(0).tolist(), "max": positions.max(0).tolist()},
            {"bufferView": 1, "type": "VEC3", **count},
            {"bufferView": 2, "type": "VEC2", **count},
            {"bufferView": 3, "type": "SCALAR", "componentType": UNSIGNED, "count": int(triangles.size)},
        ],
        "bufferViews": views,
        "buffers": [{"byteLength": len(binary)}],
    }  # fmt: skip
    text = json.dumps(described, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 4)
    chunks = struct.pack("<I4s", len(text), b"JSON") + text + struct.pack("<I4s", len(binary), b"BIN\0") + binary
    return struct.pack("<4sII", b"glTF", 2, 12 + len(chunks)) + chunks
