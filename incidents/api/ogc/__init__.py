"""OGC API – Features (part 1: Core, GeoJSON, OpenAPI 3.0), so that QGIS and GDAL connect without an adapter."""
